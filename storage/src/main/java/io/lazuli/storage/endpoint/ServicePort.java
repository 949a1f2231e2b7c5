package io.lazuli.storage.endpoint;

import static io.lazuli.foundation.LazuliException.failure;

import io.lazuli.foundation.CommonError;
import io.lazuli.foundation.LazuliException;
import io.lazuli.storage.http.FileEndPoint;
import java.net.BindException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port of the service, which HTTP and TLS share, and the threads on which its requests are answered. */
final class ServicePort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServicePort.class);
    /** What is read from a connection, and written to a file, at once. */
    private static final int INPUT_BYTES = 64 * 1024;
    private static final int HEADER_BYTES = 64 * 1024;
    private static final int LOCAL_SEND_BYTES = 128 * 1024;
    private static final int PLATFORM_THREADS = 8;
    /** So many run at a time; others wait. */
    private static final int MOST_REQUESTS = 2000;
    private static final long STOP_MILLIS = 5000;
    private static final long SHUTDOWN_IDLE_MILLIS = 100;

    private final StorageSettings settings;
    private final VirtualThreadPool requests = new VirtualThreadPool(MOST_REQUESTS);
    private final Server server;
    private final ServerConnector connector;

    /** Nothing listens before {@link #open}. */
    ServicePort(StorageSettings settings) {
        this.settings = settings;
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 1);
        // Else requests run on them now and then, and a few that wait for their clients hold up all others.
        threads.setReservedThreads(0);
        threads.setVirtualThreadsExecutor(requests);
        server = new Server(threads);
        server.setStopTimeout(STOP_MILLIS);
        connector = connector(server, settings);
        server.addConnector(connector);
    }

    /** Starts to answer; each of the handlers may answer a request before those behind it do. */
    void open(List<Handler> handlers) {
        // At the end, requests that run have time to end, and new ones are told to come again.
        server.setHandler(new GracefulHandler(new RequestThreads(requests, new Handler.Sequence(handlers))));
        server.setErrorHandler(new MalformedRequests());
        try {
            server.start();
        } catch (Exception problem) {
            LazuliException reason = hasCause(problem, BindException.class)
                ? failure(CommonError.IN_USE, "Cannot listen on %s:%d: another program does%s. Choose another port",
                    settings.host(), settings.port(), PortHolder.of(settings.port()).map(process -> ", process " + process.pid()
                        + process.info().command().map(command -> " (" + command + ")").orElse("")).orElse(""), problem)
                : failure(CommonError.IO_ERROR, "Cannot listen on %s:%d: %s",
                    settings.host(), settings.port(), problem.getMessage(), problem);
            throw reason;
        }
    }

    private static ServerConnector connector(Server server, StorageSettings settings) {
        ServerConnector connector = new ServerConnector(server, 1, 1, protocols(settings.tls())) {
            @Override
            protected void configure(Socket socket) {
                super.configure(socket);
                shortenWay(socket);
            }

            @Override
            protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                FileEndPoint endPoint = new FileEndPoint(channel, selector, key, getScheduler());
                endPoint.setIdleTimeout(getIdleTimeout());
                return endPoint;
            }
        };
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        return connector;
    }

    /** A client on the same machine finds what little is on its way in the processor's cache; the system would let megabytes wait. */
    private static void shortenWay(Socket socket) {
        try {
            if (socket.getInetAddress() != null && socket.getInetAddress().isLoopbackAddress()) {
                socket.setSendBufferSize(LOCAL_SEND_BYTES);
            }
        } catch (SocketException left) {
            LOG.debug("A client has left at once", left);
        }
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        // Paths are names of blobs, in which everything may stand; the lake's own rules keep them inside.
        http.setUriCompliance(UriCompliance.UNSAFE);
        return http;
    }

    private static HttpConnectionFactory plain(HttpConfiguration http) {
        HttpConnectionFactory factory = new HttpConnectionFactory(http);
        factory.setInputBufferSize(INPUT_BYTES);
        return factory;
    }

    private static ConnectionFactory[] protocols(TlsSettings settings) {
        HttpConfiguration http = http();
        SecureRequestCustomizer secure = new SecureRequestCustomizer();
        secure.setSniHostCheck(false);
        http.addCustomizer(secure);
        HttpConnectionFactory plain = plain(http);
        LazyTls tls = new LazyTls(settings.keys(), plain.getProtocol());
        ConnectionFactory first = settings.only() ? tls : new DetectorConnectionFactory(tls);
        return new ConnectionFactory[] {first, plain};
    }

    private static boolean hasCause(Throwable problem, Class<? extends Throwable> type) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The one that was asked for, or that was free. */
    int number() {
        return connector.getLocalPort();
    }

    /** What clients write before an account; known when it is open. */
    String url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return (settings.tls().only() ? "https://" : "http://") + host + ":" + number();
    }

    /** Ends requests that run, within some seconds, and refuses new ones. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception problem) {
            throw failure(CommonError.IO_ERROR, "Cannot stop the storage service: %s", problem.getMessage(), problem);
        }
    }
}
