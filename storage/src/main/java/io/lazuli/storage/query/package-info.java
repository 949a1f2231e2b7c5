/** Query Blob Contents: the request, the answer as a stream of Avro records, and the interface of what runs queries. */
package io.lazuli.storage.query;
