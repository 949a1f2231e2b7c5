package io.lazuli.algebra.source;

/** XML documents, one row each; read only, as in Azure. Attributes are fields with the prefix, text beside them a field {@code _value_}. */
public record XmlFormat(
    String encoding, String nullValue, String attributePrefix, boolean namespaces, boolean detectDataTypes, ValidationMode validation,
    Compression compression) implements FileFormat {
    /** Against what a document is validated. */
    public enum ValidationMode { NONE, XSD, DTD }
}
