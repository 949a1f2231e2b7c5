package io.lazuli.datafactory.check;

/** How much a finding matters. */
public enum Severity {
    /** Azure refuses it, or a run that reaches it fails. */
    ERROR,
    /** Most likely a mistake, but a run may do. */
    WARNING,
    /** Good to know. */
    INFO
}
