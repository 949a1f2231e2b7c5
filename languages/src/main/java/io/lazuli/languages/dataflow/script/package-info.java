/** The scripts of mapping data flows: their statements, what each transformation takes, and how streams connect. */
package io.lazuli.languages.dataflow.script;
