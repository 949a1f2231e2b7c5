package io.lazuli.storage.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "contoso.blob.core.windows.net,          /raw/a/b.txt,              contoso, raw, a/b.txt, false",
        "1contoso.blob.core.windows.net:10000,   /raw/a,                    1contoso, raw, a, false",
        "Contoso.DFS.core.windows.net,           /raw/a,                    contoso, raw, a, true",
        "contoso-secondary.blob.localhost,       /raw/a,                    contoso, raw, a, false",
        "contoso.z6.dfs.storage.azure.net,       /raw,                      contoso, raw, '', true",
        "127.0.0.1:10000,                        /contoso/raw/a%20b+c,      contoso, raw, a b+c, false",
        "localhost:10000,                        /contoso-secondary/raw/a,  contoso, raw, a, false",
        "-,                                      /contoso,                  contoso, '', '', false",
        "files.example.org,                      /contoso/raw/a\\b,         contoso, raw, a/b, false"})
    void isReadFromTheHostOrThePath(String host, String path, String account, String container, String blob, boolean dfs) {
        Target target = Target.of(host, path, null, null, name -> true);
        assertThat(target).extracting(Target::account, Target::container, Target::path, Target::dfsHost)
            .containsExactly(account, container, blob, dfs);
    }
}
