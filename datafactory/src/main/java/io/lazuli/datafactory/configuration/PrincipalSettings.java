package io.lazuli.datafactory.configuration;

import java.util.List;

/** Users, groups and applications of the tenant; ids that are not given follow from the name. */
public interface PrincipalSettings {
    /** The object id that was chosen, null for the one that follows from the name. */
    String objectId();

    /** A user, named as it signs in. */
    record User(String objectId, List<String> groups) implements PrincipalSettings {
        public static final User STANDARD = new User(null, null);

        public User {
            groups = groups == null ? List.of() : List.copyOf(groups);
        }
    }

    /** A security group. */
    record Group(String objectId) implements PrincipalSettings {
        public static final Group STANDARD = new Group(null);
    }

    /**
     * An application or a managed identity.
     *
     * @param secret null for a generated one
     */
    record ServicePrincipal(String objectId, String clientId, Secret secret, List<String> groups) implements PrincipalSettings {
        public static final ServicePrincipal STANDARD = new ServicePrincipal(null, null, null, null);

        public ServicePrincipal {
            groups = groups == null ? List.of() : List.copyOf(groups);
        }
    }
}
