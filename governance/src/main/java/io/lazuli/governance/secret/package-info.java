/** Secrets that stay on this machine: the key of a data directory, and the key vaults that it encrypts. */
package io.lazuli.governance.secret;
