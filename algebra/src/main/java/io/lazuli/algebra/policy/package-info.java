/** Who may see which rows and values: a rewrite of plans that every language's plans go through. */
package io.lazuli.algebra.policy;
