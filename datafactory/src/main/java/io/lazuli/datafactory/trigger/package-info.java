/** What triggers would run: schedules, tumbling windows, events. */
package io.lazuli.datafactory.trigger;
