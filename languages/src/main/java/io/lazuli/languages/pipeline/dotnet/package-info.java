/** The formats of numbers, dates and time zones that .NET has and pipelines rely on, in the invariant culture. */
package io.lazuli.languages.pipeline.dotnet;
