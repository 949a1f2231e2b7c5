package io.lazuli.cli.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes a retailer's landing files, the same ones for the same arguments:
 *
 * <pre>
 * customers/customers.csv        customer_id,name,email,country,signup_date      one customer a row
 * products/products.json         one object a line, with a nested list of tags
 * orders/orders_2024-03-01.csv   order_id,order_time,customer_id,store,product_id,quantity,unit_price,note
 * clicks/clicks_2024-03-01.json  one object a line: session, customer, page, time
 * </pre>
 *
 * <p>Dirt, about one row in a hundred each: quantities that are no numbers, days that do not exist, missing prices, orders that occur
 * twice, and notes with quotes, commas and line breaks.
 */
final class RetailSample {
    static final int PRODUCTS = 120;
    private static final List<String> STORES = List.of("Amsterdam", "Berlin", "Kraków", "Lyon", "Porto", "Online");
    private static final List<String> COUNTRIES = List.of("NL", "DE", "PL", "FR", "PT");
    private static final List<String> CATEGORIES = List.of("Garden", "Kitchen", "Lighting", "Office", "Toys", "Travel");
    private static final List<String> FIRST_NAMES =
        List.of("Ada", "Björn", "Chloé", "Dora", "Emil", "Fátima", "Grace", "Hugo", "Ines", "Jan");
    private static final List<String> LAST_NAMES = List.of("de Vries", "Müller", "Nowak", "O'Brien", "Silva", "Dubois", "García", "Rossi");
    private static final List<String> NOTES = List.of(
        "leave at the door", "gift, please wrap", "\"fragile\"", "call first\nthen ring twice", "blue; not green", "");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'");
    private static final List<String> PAGES = List.of("/", "/search", "/product", "/basket", "/checkout");

    private final int orders;
    private final int days;
    private final LocalDate from;
    private final long seed;

    RetailSample(int orders, int days, LocalDate from, long seed) {
        this.orders = orders;
        this.days = days;
        this.from = from;
        this.seed = seed;
    }

    int customers() {
        return Math.max(10, orders / 8);
    }

    void write(Path folder) throws IOException {
        file(folder.resolve("customers/customers.csv"), this::customers);
        file(folder.resolve("products/products.json"), this::products);
        for (int day = 0; day < days; day++) {
            LocalDate date = from.plusDays(day);
            int first = (int) ((long) orders * day / days);
            int last = (int) ((long) orders * (day + 1) / days);
            file(folder.resolve("orders/orders_" + date + ".csv"), out -> orders(out, date, first, last));
            file(folder.resolve("clicks/clicks_" + date + ".json"), out -> clicks(out, date, 3 * (last - first)));
        }
    }

    /** What fills a file. */
    private interface Content {
        void writeTo(BufferedWriter out) throws IOException;
    }

    private static void file(Path path, Content content) throws IOException {
        Files.createDirectories(path.getParent());
        try (BufferedWriter out = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            content.writeTo(out);
        }
    }

    private void customers(BufferedWriter out) throws IOException {
        SplittableRandom random = random(1, 0);
        out.write("customer_id,name,email,country,signup_date\r\n");
        for (int id = 1; id <= customers(); id++) {
            String name = pick(FIRST_NAMES, random) + " " + pick(LAST_NAMES, random);
            String email = random.nextInt(50) == 0 ? "" : "customer" + id + "@example.com";
            String signup = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(1500)).toString();
            out.write(String.join(",", "C" + id, quoted(name), email, pick(COUNTRIES, random), signup) + "\r\n");
        }
    }

    private void products(BufferedWriter out) throws IOException {
        SplittableRandom random = random(2, 0);
        for (int id = 1; id <= PRODUCTS; id++) {
            String category = pick(CATEGORIES, random);
            out.write(String.format(Locale.ROOT, "{\"product_id\":\"P%d\",\"name\":\"%s item %d\",\"category\":\"%s\",\"price\":%d.%02d,"
                + "\"tags\":[\"%s\",\"%s\"],\"supplier\":{\"name\":\"Supplier %d\",\"country\":\"%s\"}}%n",
                id, category, id, category, 2 + random.nextInt(90), random.nextInt(100), category.toLowerCase(Locale.ROOT),
                random.nextBoolean() ? "new" : "classic", 1 + random.nextInt(9), pick(COUNTRIES, random)).replace("\r\n", "\n"));
        }
    }

    private void orders(BufferedWriter out, LocalDate date, int first, int last) throws IOException {
        SplittableRandom random = random(3, date.toEpochDay());
        out.write("order_id,order_time,customer_id,store,product_id,quantity,unit_price,note\r\n");
        for (int id = first; id < last; id++) {
            String row = order(random, date, id);
            out.write(row);
            if (random.nextInt(100) == 0) {
                out.write(row);
            }
        }
    }

    private String order(SplittableRandom random, LocalDate date, int id) {
        LocalDateTime time = date.atStartOfDay().plusSeconds(random.nextInt(86_400));
        String day = random.nextInt(100) == 0 ? "2024-02-30" : date.toString();
        String quantity = random.nextInt(100) == 0 ? "n/a" : String.valueOf(1 + random.nextInt(5));
        String price = random.nextInt(100) == 0 ? "" : String.format(Locale.ROOT, "%d.%02d", 2 + random.nextInt(90), random.nextInt(100));
        String note = random.nextInt(10) == 0 ? quoted(pick(NOTES, random)) : "";
        return String.join(",", String.valueOf(100_000 + id), day + " " + time.format(CLOCK),
            "C" + (1 + random.nextInt(customers())), pick(STORES, random), "P" + (1 + random.nextInt(PRODUCTS)),
            quantity, price, note) + "\r\n";
    }

    private void clicks(BufferedWriter out, LocalDate date, int count) throws IOException {
        SplittableRandom random = random(4, date.toEpochDay());
        for (int click = 0; click < count; click++) {
            LocalDateTime time = date.atStartOfDay().plusSeconds(86_400L * click / count);
            String customer = random.nextInt(3) == 0 ? "null" : "\"C" + (1 + random.nextInt(customers())) + "\"";
            out.write("{\"session\":\"" + Long.toHexString(random.nextLong(count / 4 + 1)) + "\",\"customer\":" + customer
                + ",\"page\":\"" + pick(PAGES, random) + "\",\"time\":\"" + time.format(INSTANT) + "\"}\n");
        }
    }

    /** A generator of its own for each file, so that a file does not depend on the others. */
    private SplittableRandom random(long kind, long part) {
        return new SplittableRandom(seed * 1_000_003 + kind * 31_607 + part);
    }

    private static String pick(List<String> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
