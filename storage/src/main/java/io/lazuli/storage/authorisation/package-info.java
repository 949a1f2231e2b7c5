/** Who may do what: account keys and what is signed with them. */
package io.lazuli.storage.authorisation;
