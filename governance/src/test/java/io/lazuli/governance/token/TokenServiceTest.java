package io.lazuli.governance.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.principal.Tenant;
import io.lazuli.governance.secret.SecretStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenServiceTest {
    private static final String STORAGE = "https://storage.azure.com";
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Principal LOADER = new Principal(Principal.Kind.SERVICE_PRINCIPAL, "loader", "oid-1", "client-1", Set.of());

    @TempDir
    private Path folder;

    private SecretStore secrets;

    @BeforeEach
    void open() {
        secrets = new SecretStore(folder, name -> null);
    }

    private TokenService at(Instant time, Principal... principals) {
        return new TokenService(new Tenant("tenant-1", List.of(principals)), new SigningKey(secrets), Clock.fixed(time, ZoneOffset.UTC));
    }

    private void assertRefused(String token, Instant time, String reason) {
        assertThatThrownBy(() -> at(time, LOADER).verify(token, STORAGE::equals))
            .isInstanceOf(TokenRefused.class).hasMessageContaining(reason);
    }

    @Test
    void knowsItsOwnTokensAlsoAfterARestart() throws TokenRefused {
        String token = at(NOON, LOADER).issue(LOADER, STORAGE, Duration.ofHours(1));
        assertThat(at(NOON.plusSeconds(3599), LOADER).verify(token, STORAGE::equals)).isEqualTo(LOADER);
    }

    @Test
    void signsWithOneKeyWhenSeveralMakeTheFirstTokenAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<String>> first = Collections.nCopies(4, () -> at(NOON, LOADER).issue(LOADER, STORAGE, Duration.ofHours(1)));
            for (Future<String> token : threads.invokeAll(first)) {
                assertThat(at(NOON, LOADER).verify(token.get(), STORAGE::equals)).isEqualTo(LOADER);
            }
        }
    }

    @Test
    void refusesTokensBeforeAndAfterTheirTime() {
        String token = at(NOON, LOADER).issue(LOADER, STORAGE, Duration.ofHours(1));
        assertRefused(token, NOON.plusSeconds(3600), "expired");
        assertRefused(token, NOON.minusSeconds(301), "not yet valid");
    }

    @Test
    void refusesTokensForOthers() {
        assertRefused(at(NOON, LOADER).issue(LOADER, "https://vault.azure.net", Duration.ofHours(1)), NOON, "Audience");
        Principal gone = new Principal(Principal.Kind.USER, "gone", "oid-2", null, Set.of());
        assertRefused(at(NOON, gone).issue(gone, STORAGE, Duration.ofHours(1)), NOON, "no principal");
    }

    @Test
    void refusesForgedTokens() throws Exception {
        String token = at(NOON, LOADER).issue(LOADER, STORAGE, Duration.ofHours(1));
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertRefused(new PlainJWT(claims).serialize(), NOON, "malformed");
        String[] parts = token.split("\\.");
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        assertRefused(none + "." + parts[1] + "." + parts[2], NOON, "malformed");
        // Signed by HMAC with what everybody can have: the public key.
        SignedJWT confused = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        confused.sign(new MACSigner(at(NOON, LOADER).publicKeys().getBytes(StandardCharsets.UTF_8)));
        assertRefused(confused.serialize(), NOON, "Signature");
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(
            new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("oid-1", "oid-2")
                .getBytes(StandardCharsets.UTF_8));
        assertRefused(parts[0] + "." + changed + "." + parts[2], NOON, "Signature");
        assertRefused(parts[0] + "." + parts[1] + ".", NOON, "malformed");
        assertRefused("no token", NOON, "malformed");
        assertRefused("x".repeat(100_000), NOON, "too long");
    }
}
