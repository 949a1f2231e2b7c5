/** What was refused, and who changed rights. */
package io.lazuli.governance.audit;
