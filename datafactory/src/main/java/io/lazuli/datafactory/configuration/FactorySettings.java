package io.lazuli.datafactory.configuration;

/**
 * What the run's system variables say of the {@code factory}.
 *
 * @param name {@code pipeline().DataFactory}, null for the workspace's own
 */
public record FactorySettings(String name, String subscription, String resourceGroup) {
    public static final FactorySettings STANDARD = new FactorySettings(null, null, null);

    public FactorySettings {
        subscription = subscription == null ? "00000000-0000-0000-0000-000000000000" : subscription;
        resourceGroup = resourceGroup == null ? "local" : resourceGroup;
    }
}
