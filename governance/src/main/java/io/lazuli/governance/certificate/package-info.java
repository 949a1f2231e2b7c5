/** Certificates for TLS on this machine: an authority of the data directory, and what it vouches for. */
package io.lazuli.governance.certificate;
