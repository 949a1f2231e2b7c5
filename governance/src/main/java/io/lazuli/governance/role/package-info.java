/** Who may do what: roles as Azure defines them, given to principals for all or for a part of the resources. */
package io.lazuli.governance.role;
