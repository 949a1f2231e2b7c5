/** What happens in the lake, as events of Azure Event Grid. */
package io.lazuli.storage.event;
