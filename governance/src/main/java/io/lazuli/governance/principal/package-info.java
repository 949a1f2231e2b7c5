/** Who there is: users, groups, service principals and managed identities of a tenant. */
package io.lazuli.governance.principal;
