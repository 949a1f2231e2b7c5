package io.lazuli.algebra.source;

import java.util.Map;

/**
 * XML documents, one row each; read only, as in Azure. Attributes are fields with the prefix, text beside them a field {@code _value_}.
 *
 * @param namespaces whether names have their namespace's prefix; else declarations of namespaces are attributes like others
 * @param namespacePrefixes the prefix that names get for a namespace's URI; other names stay as the document writes them
 */
public record XmlFormat(
    String encoding, String nullValue, String attributePrefix, boolean namespaces, Map<String, String> namespacePrefixes,
    boolean detectDataTypes, ValidationMode validation, Compression compression) implements FileFormat {
    public XmlFormat {
        namespacePrefixes = Map.copyOf(namespacePrefixes);
    }

    /** Against what a document is validated. */
    public enum ValidationMode { NONE, XSD, DTD }
}
