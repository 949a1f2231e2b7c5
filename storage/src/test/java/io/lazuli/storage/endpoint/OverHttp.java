package io.lazuli.storage.endpoint;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.net.MalformedURLException;
import java.net.URI;
import reactor.core.publisher.Mono;

/** Sends requests with keys over HTTP, though clients insist on HTTPS: on this machine alone the service takes them so too. */
record OverHttp() implements HttpPipelinePolicy {
    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        try {
            context.getHttpRequest().setUrl(
                URI.create(context.getHttpRequest().getUrl().toString().replaceFirst("https:", "http:")).toURL());
            return next.process();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
