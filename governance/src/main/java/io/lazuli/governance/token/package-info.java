/** Signed tokens that say who a caller is, as Microsoft Entra ID issues them, and the secrets that they are had for. */
package io.lazuli.governance.token;
