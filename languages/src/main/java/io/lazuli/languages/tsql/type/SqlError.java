package io.lazuli.languages.tsql.type;

import io.lazuli.foundation.ErrorCode;

/**
 * An error as SQL Server numbers it.
 *
 * @param name the code that users of this program see
 * @param number such as 208; 50000 and above are users' own
 * @param severity 16 for most
 */
public record SqlError(String name, int number, int severity, int state) implements ErrorCode {
    /** What the functions of floats say outside their domain, message 3623. */
    public static final String INVALID_FLOAT = "An invalid floating point operation occurred.";

    public static final SqlError SYNTAX = of("SYNTAX_ERROR", 102);
    public static final SqlError INVALID_COLUMN = of("COLUMN_NOT_FOUND", 207);
    public static final SqlError INVALID_OBJECT = of("TABLE_NOT_FOUND", 208);
    public static final SqlError UNBOUND_NAME = of("COLUMN_NOT_FOUND", 4104);
    public static final SqlError AMBIGUOUS_COLUMN = of("AMBIGUOUS_COLUMN", 209);
    public static final SqlError DUPLICATE_COLUMN = of("DUPLICATE_COLUMN", 264);
    public static final SqlError OPERAND_TYPES = of("TYPE_MISMATCH", 206);
    public static final SqlError INVALID_OPERAND = of("TYPE_MISMATCH", 8117);
    public static final SqlError CONVERSION_NOT_ALLOWED = of("TYPE_MISMATCH", 529);
    public static final SqlError NOT_A_CONDITION = of("TYPE_MISMATCH", 4145);
    public static final SqlError UNKNOWN_TYPE = of("TYPE_NOT_FOUND", 2715);
    public static final SqlError UNKNOWN_FUNCTION = of("FUNCTION_NOT_FOUND", 195);
    public static final SqlError ARGUMENT_COUNT = of("INVALID_ARGUMENT", 174);
    public static final SqlError INVALID_DATE_PART = of("INVALID_ARGUMENT", 155);
    public static final SqlError UNDECLARED_VARIABLE = of("VARIABLE_NOT_FOUND", 137);
    public static final SqlError DUPLICATE_VARIABLE = of("DUPLICATE_VARIABLE", 134);
    public static final SqlError NOT_GROUPED = of("NOT_GROUPED", 8120);
    public static final SqlError MISPLACED_AGGREGATE = of("MISPLACED_AGGREGATE", 147);
    public static final SqlError MISPLACED_WINDOW = of("MISPLACED_WINDOW_FUNCTION", 4108);
    public static final SqlError COLUMN_COUNT = of("COLUMN_COUNT", 205);
    public static final SqlError INSERT_COUNT = of("COLUMN_COUNT", 213);
    public static final SqlError SUBQUERY_COLUMNS = of("COLUMN_COUNT", 116);
    public static final SqlError UNNAMED_COLUMN = of("UNNAMED_COLUMN", 8155);
    public static final SqlError ORDER_POSITION = of("INVALID_ARGUMENT", 108);
    public static final SqlError ORDER_DISTINCT = of("INVALID_ARGUMENT", 145);
    public static final SqlError OBJECT_EXISTS = of("TABLE_EXISTS", 2714);
    public static final SqlError CANNOT_DROP = of("TABLE_NOT_FOUND", 3701);
    public static final SqlError PROCEDURE_NOT_FOUND = of("PROCEDURE_NOT_FOUND", 2812);
    public static final SqlError MISSING_ARGUMENT = of("MISSING_ARGUMENT", 201);
    public static final SqlError UNKNOWN_ARGUMENT = of("UNKNOWN_ARGUMENT", 8145);
    public static final SqlError TOO_MANY_ARGUMENTS = of("TOO_MANY_ARGUMENTS", 8144);
    public static final SqlError IDENTITY_INSERT = of("IDENTITY_INSERT", 544);
    public static final SqlError UPDATE_IDENTITY = of("IDENTITY_UPDATE", 8102);
    public static final SqlError NESTING = of("NESTING_TOO_DEEP", 217);
    public static final SqlError NO_TRANSACTION = of("NO_TRANSACTION", 3902);
    public static final SqlError DOOMED = of("TRANSACTION_DOOMED", 3930);
    public static final SqlError ROLLBACK_WITHOUT_BEGIN = of("NO_TRANSACTION", 3903);

    private static SqlError of(String name, int number) {
        return new SqlError(name, number, 16, 1);
    }

    @Override
    public Category category() {
        return Category.USER;
    }
}
