package io.lazuli.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of clients' documents, and what is refused. */
class XmlTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\uFEFF", "x", "<", "<a", "<a>", "<a></b>", "<a>\0</a>", "\0<a/>", "<a b='\f'/>",
        "<a>&#0;</a>",
        "<a>&none;</a>", "<a>&#xD800;</a>", "<a>\uD800</a>", "<a:b/>", "<a b='1' b='2'/>", "<?xml version='9.9'?><a/>", "<?xml?><a/>",
        "<?xml version='1.0' encoding='\f'?><a/>", "<?xml version='1.0' standalone='x'?><a/>",
        "<a><![CDATA[</a>", "<a><!-- -- --></a>", "<a><?xml version='1.0'?></a>", "<!DOCTYPE", "<!DOCTYPE a><a/>", "<!DOCTYPE a [",
        "<!DOCTYPE a [<!E\fTITY z \"y\">]><a/>",
        "<!DOCTYPE a [<!ELEMENT \f>]><a/>", "<!DOCTYPE a [<!ATTLIST a \0 CDATA #IMPLIED>]><a/>", "<!DOCTYPE a [<!\1>]><a/>",
        "<!DOCTYPE a [%\f;]><a/>", "<!DOCTYPE a [<![INCLUDE[\f]]>]><a/>", "<!DOCTYPE a [<?\f?>]><a/>", "<!DOCTYPE a [<!-- \f -->]><a/>",
        "<!DOCTYPE a [<!NOTATION n SYSTEM '\f'>]><a/>", "<!DOCTYPE a PUBLIC '\f'><a/>", "<!DOCTYPE a [<!ENTITY x '\f'>]><a/>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd' [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p; \f]><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;'>]><a>&d;</a>"})
    void refusesWhatIsNoDocument(String document) {
        assertThatThrownBy(() -> Xml.parse(document)).isInstanceOfSatisfying(ServiceFailure.class, failure -> {
            assertThat(failure.status()).isEqualTo(400);
            assertThat(failure.code()).isEqualTo("InvalidXmlDocument");
            assertThat(failure.details().get("Reason")).isNotBlank().doesNotContain("java.", "com.sun", "bundle");
        });
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> Xml.parse("<a>".repeat(100_000))).isInstanceOfSatisfying(ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("InvalidXmlDocument"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a><b>c</b></a>", "\uFEFF<a><b>c</b></a>", "<?xml version='1.0' encoding='utf-16'?><a><b>c</b></a>",
        "<?xml version='1.0' encoding=''?><a><b>c</b></a>", "<?xml version='1.0' encoding='x-none'?><a><b>c</b></a>",
        "<!-- \u00E4 --><a><?p i?><b><![CDATA[c]]></b></a><!-- end -->",
        "<a><b>&#99;</b></a>", "<q:a xmlns:q='u'><q:b>c</q:b></q:a>"})
    void readsElementsWhateverIsAroundThem(String document) {
        assertThat(Xml.parse(document)).isEqualTo(
            new Xml.Element("a", "", List.of(new Xml.Element("b", "c", List.of()))));
    }
}
