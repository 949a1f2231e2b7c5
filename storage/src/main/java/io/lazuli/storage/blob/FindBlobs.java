package io.lazuli.storage.blob;

import io.lazuli.storage.blob.TagExpression.Comparator;
import io.lazuli.storage.content.Blob;
import io.lazuli.storage.content.Containers;
import io.lazuli.storage.content.TagIndex;
import io.lazuli.storage.http.Exchange;
import io.lazuli.storage.http.ServiceFailure;
import io.lazuli.storage.http.Xml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Find Blobs by Tags, in an account or in a container. */
public final class FindBlobs {
    private static final int MAX_TAGS = 10;
    private static final String CONTAINER = "@container";

    private final Containers containers;
    private final TagIndex index;

    public FindBlobs(Containers containers, TagIndex index) {
        this.containers = containers;
        this.index = index;
    }

    public void find(Exchange exchange) throws IOException {
        String account = exchange.target().account();
        String container = exchange.target().container();
        if (!container.isEmpty()) {
            containers.require(account, container);
        }
        String where = exchange.query("where");
        TagExpression expression = expression(where);
        Paging paging = Paging.of(exchange);
        TagIndex.Page page = index.find(account, container, paging.after(), paging.limit(), blob -> matches(expression, blob));
        Xml xml = new Xml().open("EnumerationResults", "ServiceEndpoint", exchange.origin() + "/" + account + "/", "ContainerName",
            container.isEmpty() ? null : container).element("Where", where).open("Blobs");
        Set<String> names = new LinkedHashSet<>();
        expression.forEach(comparison -> names.add(comparison.tag()));
        page.blobs().forEach(blob -> write(xml, blob, names));
        xml.close("Blobs").element("NextMarker", Paging.marker(page.next())).close("EnumerationResults");
        exchange.respondXml(200, xml.toString());
    }

    private static boolean matches(TagExpression expression, Blob blob) {
        Map<String, String> tags = new HashMap<>(blob.record().tags());
        tags.put(CONTAINER, blob.address().container());
        return expression.matches(tags);
    }

    /** A blob with those of its tags that the search names. */
    private static void write(Xml xml, Blob blob, Set<String> names) {
        Map<String, String> tags = new TreeMap<>(blob.record().tags());
        tags.keySet().retainAll(names);
        xml.open("Blob").name(blob.address().path()).element("ContainerName", blob.address().container()).open("Tags");
        Tags.write(xml, tags);
        xml.close("Tags").close("Blob");
    }

    private static TagExpression expression(String where) {
        if (where == null) {
            throw ServiceFailure.badRequest("MissingRequiredQueryParameter",
                "A query parameter that's mandatory for this request is not specified.").with("QueryParameterName", "where");
        }
        try {
            TagExpression expression = TagExpressionParser.parse(where, false);
            requireRanges(expression);
            return expression;
        } catch (TagExpressionParser.Malformed malformed) {
            throw ServiceFailure.badRequest("InvalidQueryParameterValue", malformed.getMessage())
                .with("QueryParameterName", "where").with("QueryParameterValue", where);
        }
    }

    /** A tag is compared once, or with a lower and an upper bound. */
    private static void requireRanges(TagExpression expression) throws TagExpressionParser.Malformed {
        Map<String, List<Comparator>> comparators = new HashMap<>();
        expression.forEach(one -> comparators.computeIfAbsent(one.tag(), name -> new ArrayList<>()).add(one.comparator()));
        for (List<Comparator> ofTag : comparators.values()) {
            boolean range = ofTag.size() == 2 && ofTag.stream().filter(FindBlobs::isLower).count() == 1
                && ofTag.stream().filter(FindBlobs::isUpper).count() == 1;
            if (ofTag.size() > 1 && !range) {
                throw new TagExpressionParser.Malformed("Error parsing query: a tag has one condition, or two that define a range");
            }
        }
        comparators.remove(CONTAINER);
        if (comparators.size() > MAX_TAGS) {
            throw new TagExpressionParser.Malformed("Error parsing query: there can be at most " + MAX_TAGS + " unique tags in a query");
        }
    }

    private static boolean isLower(Comparator comparator) {
        return comparator == Comparator.GREATER || comparator == Comparator.GREATER_OR_EQUAL;
    }

    private static boolean isUpper(Comparator comparator) {
        return comparator == Comparator.LESS || comparator == Comparator.LESS_OR_EQUAL;
    }
}
