package io.lazuli.datafactory.configuration;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.datafactory.DataFactoryError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.foundation.NearestName;
import io.lazuli.foundation.Place;
import io.lazuli.governance.role.BuiltInRoles;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the names in {@code access} are those of something. */
final class AccessVerification {
    private static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String SCOPE = "[a-z0-9]{3,24}(/[a-z0-9$-]{3,63})?";

    private final AccessSettings access;
    private final Place place;

    /** {@code place} is that of {@code access} in the file. */
    AccessVerification(AccessSettings access, Place place) {
        this.access = access;
        this.place = place;
    }

    void verify() {
        for (int i = 0; i < access.policies().size(); i++) {
            AccessRule rule = access.policies().get(i);
            if ((rule.table() == null) == (rule.files() == null)) {
                throw wrong(place.member("policies"), "A policy is for exactly one of 'table' and 'files'");
            }
        }
        requireId(place.member("tenant"), access.tenant());
        Set<String> ids = new HashSet<>();
        access.users().forEach((name, user) -> verify(place.member("users").member(name), user, user.groups(), ids));
        access.groups().forEach((name, group) -> verify(place.member("groups").member(name), group, List.of(), ids));
        access.servicePrincipals().forEach((name, principal) -> {
            Place own = place.member("service-principals").member(name);
            verify(own, principal, principal.groups(), ids);
            requireId(own.member("client-id"), principal.clientId());
        });
        for (int i = 0; i < access.roles().size(); i++) {
            verify(place.member("roles").element(i), access.roles().get(i));
        }
    }

    private void verify(Place own, PrincipalSettings settings, List<String> groups, Set<String> ids) {
        requireId(own.member("object-id"), settings.objectId());
        if (settings.objectId() != null && !ids.add(settings.objectId())) {
            throw wrong(own.member("object-id"), "'%s' is the object id of another one too", settings.objectId());
        }
        groups.forEach(group -> requireKnown(own.member("groups"), "group", group, access.groups().keySet()));
    }

    private static void requireId(Place own, String id) {
        if (id != null && !id.matches(GUID)) {
            throw wrong(own, "'%s' is no id; expected a GUID such as 11111111-2222-3333-4444-555555555555", id);
        }
    }

    private void verify(Place own, RoleSettings given) {
        if (given.role() == null || BuiltInRoles.find(given.role()).isEmpty()) {
            throw wrong(own.member("role"), "There is no role '%s'%s", given.role(), hint(given.role(), BuiltInRoles.names()));
        }
        if (given.to().isEmpty()) {
            throw wrong(own.member("to"), "A role is given to somebody: names of users, groups or service principals");
        }
        given.to().forEach(name -> requireKnown(own.member("to"), "user, group or service principal", name, access.principals()));
        if (given.scope() != null && !given.scope().matches(SCOPE)) {
            throw wrong(own.member("scope"), "'%s' is no scope; expected account or account/container", given.scope());
        }
    }

    private static void requireKnown(Place own, String kind, String name, Collection<String> known) {
        if (!known.contains(name)) {
            throw wrong(own, "There is no %s '%s'%s", kind, name, hint(name, known));
        }
    }

    private static String hint(String name, Collection<String> known) {
        return NearestName.of(String.valueOf(name), known).map(near -> "; did you mean '" + near + "'?")
            .orElse(known.isEmpty() ? "" : "; there are " + String.join(", ", known));
    }

    private static LazuliException wrong(Place own, String message, Object... arguments) {
        return failure(DataFactoryError.INVALID_CONFIGURATION, own, message, arguments);
    }
}
