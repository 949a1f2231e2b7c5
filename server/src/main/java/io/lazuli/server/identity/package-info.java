/** Where tokens are had on this machine: the part of Microsoft Entra ID and of managed identities that Azure's libraries need. */
package io.lazuli.server.identity;
