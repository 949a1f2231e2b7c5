package io.lazuli.governance.token;

import static io.lazuli.foundation.LazuliException.failure;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.lazuli.foundation.CommonError;
import io.lazuli.governance.principal.Principal;
import io.lazuli.governance.principal.Tenant;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Issues and verifies tokens of a tenant: JSON Web Tokens with the claims of Entra ID's version 1 access tokens, signed with RS256.
 * Thread-safe.
 */
public final class TokenService {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final int MAX_LENGTH = 32 * 1024;

    private final Tenant tenant;
    private final SigningKey key;
    private final Clock clock;

    public TokenService(Tenant tenant, SigningKey key, Clock clock) {
        this.tenant = tenant;
        this.key = key;
        this.clock = clock;
    }

    public Tenant tenant() {
        return tenant;
    }

    /** Who has issued the tokens, as their claim {@code iss} says. */
    public String issuer() {
        return "https://sts.windows.net/" + tenant.id() + "/";
    }

    /** A token that says who the principal is, for a resource such as {@code https://storage.azure.com}. */
    public String issue(Principal principal, String audience, Duration lifetime) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().audience(audience).issuer(issuer())
            .issueTime(Date.from(now)).notBeforeTime(Date.from(now)).expirationTime(Date.from(now.plus(lifetime)))
            .subject(principal.objectId()).jwtID(UUID.randomUUID().toString())
            .claim("oid", principal.objectId()).claim("tid", tenant.id()).claim("ver", "1.0").claim("idp", issuer());
        if (principal.kind() == Principal.Kind.USER) {
            claims.claim("upn", principal.name()).claim("unique_name", principal.name()).claim("idtyp", "user");
        } else {
            claims.claim("appid", principal.clientId()).claim("appidacr", "1").claim("idtyp", "app");
        }
        try {
            RSAKey signer = key.get();
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT)
                .keyID(signer.getKeyID()).build(), claims.build());
            token.sign(new RSASSASigner(signer));
            return token.serialize();
        } catch (JOSEException problem) {
            throw failure(CommonError.INTERNAL_ERROR, "Cannot sign a token: %s", problem.getMessage(), problem);
        }
    }

    /** Who sent a token; fails when it was not issued here, has ended, or is for another resource. */
    public Principal verify(String text, Predicate<String> audience) throws TokenRefused {
        if (text.length() > MAX_LENGTH) {
            throw new TokenRefused("The token is too long.");
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm())
                    || !token.verify(new RSASSAVerifier(key.get().toRSAPublicKey()))) {
                throw new TokenRefused("Signature validation failed. The token was not signed by this tenant.");
            }
            return accept(token.getJWTClaimsSet(), audience);
        } catch (ParseException | JOSEException | IllegalArgumentException malformed) {
            throw new TokenRefused("The token is malformed.");
        }
    }

    private Principal accept(JWTClaimsSet claims, Predicate<String> audience) throws ParseException, TokenRefused {
        Instant now = clock.instant();
        if (!issuer().equals(claims.getIssuer()) || !tenant.id().equals(claims.getStringClaim("tid"))) {
            throw new TokenRefused("Issuer validation failed. Issuer did not match.");
        }
        if (claims.getExpirationTime() == null || !now.isBefore(claims.getExpirationTime().toInstant())) {
            throw new TokenRefused("Lifetime validation failed. The token is expired.");
        }
        if (claims.getNotBeforeTime() != null && now.plus(SKEW).isBefore(claims.getNotBeforeTime().toInstant())) {
            throw new TokenRefused("Lifetime validation failed. The token is not yet valid.");
        }
        List<String> audiences = claims.getAudience();
        if (audiences.stream().noneMatch(audience)) {
            throw new TokenRefused("Audience validation failed. Audience did not match.");
        }
        String objectId = claims.getStringClaim("oid");
        return tenant.withObjectId(objectId == null ? "" : objectId)
            .orElseThrow(() -> new TokenRefused("There is no principal with the object id of the token."));
    }

    /** The public key, as a JSON Web Key Set. */
    public String publicKeys() {
        return new JWKSet(key.get().toPublicJWK()).toString();
    }
}
