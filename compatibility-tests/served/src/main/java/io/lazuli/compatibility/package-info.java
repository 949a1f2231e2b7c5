/** The product in a process of its own, as clients meet it. */
package io.lazuli.compatibility;
