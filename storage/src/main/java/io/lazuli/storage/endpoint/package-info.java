/** The storage service as a server: routes, and the socket. */
package io.lazuli.storage.endpoint;
