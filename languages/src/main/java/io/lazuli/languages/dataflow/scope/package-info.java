/** What the expressions of a data flow can see where they stand: columns, parameters, locals, caches, the state of the row. */
package io.lazuli.languages.dataflow.scope;
