package io.lazuli.governance.audit;

import java.time.Instant;

/**
 * One line of the journal.
 *
 * @param principal the caller's object id, the account whose key signed, or null for nobody
 * @param name the caller's name, null when it has none
 * @param authentication how the caller showed who it is: {@code OAuth}, {@code AccountKey}, {@code SAS}, {@code DelegationSas},
 *     {@code Anonymous}
 * @param operation what was asked for
 * @param resource what it was asked of
 * @param outcome {@code allowed}, {@code denied} or {@code failed}
 * @param code the error's code, null when it was allowed
 * @param address where the request came from
 * @param requestId of the request, as its answer names it
 */
public record AuditEvent(Instant time, String principal, String name, String authentication, String operation, String resource,
        String outcome, String code, String address, String requestId) {
}
