/** What every operation of the storage service shares: requests, answers, errors, conditions, ranges. */
package io.lazuli.storage.http;
