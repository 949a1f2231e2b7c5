/** Who may see which rows and values, as {@code lazuli.yaml} says. */
package io.lazuli.datafactory.access;
