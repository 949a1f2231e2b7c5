package io.lazuli.storage.endpoint;

import io.lazuli.governance.certificate.ServerKeys;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS, whose keys and ciphers are loaded for the first client that speaks it: the start of the service does not wait for them. */
final class LazyTls extends AbstractConnectionFactory implements ConnectionFactory.Detecting {
    /** The first bytes of a handshake: its record's type and major version. */
    private static final int HANDSHAKE = 0x16;
    private static final int MAJOR_VERSION = 0x03;

    private final Supplier<ServerKeys> keys;
    private final String next;
    private SslConnectionFactory loaded;

    LazyTls(Supplier<ServerKeys> keys, String next) {
        super("SSL");
        this.keys = keys;
        this.next = next;
    }

    @Override
    public Detection detect(ByteBuffer buffer) {
        if (buffer.remaining() < 2) {
            return Detection.NEED_MORE_BYTES;
        }
        boolean handshake = buffer.get(buffer.position()) == HANDSHAKE && buffer.get(buffer.position() + 1) == MAJOR_VERSION;
        return handshake ? Detection.RECOGNIZED : Detection.NOT_RECOGNIZED;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return load().newConnection(connector, endPoint);
    }

    /** Loads keys and ciphers, when that has not been done. */
    synchronized SslConnectionFactory load() {
        if (loaded == null) {
            ServerKeys own = keys.get();
            SslContextFactory.Server certificate = new SslContextFactory.Server();
            certificate.setKeyStore(own.store());
            certificate.setKeyStorePassword(own.password());
            certificate.setSniRequired(false);
            SslConnectionFactory fresh = new SslConnectionFactory(certificate, next);
            try {
                fresh.start();
            } catch (Exception problem) {
                throw new IllegalStateException("TLS cannot be served: " + problem.getMessage(), problem);
            }
            loaded = fresh;
        }
        return loaded;
    }

    @Override
    public List<String> getProtocols() {
        return List.of(getProtocol());
    }

    @Override
    protected void doStop() throws Exception {
        synchronized (this) {
            if (loaded != null) {
                loaded.stop();
            }
        }
        super.doStop();
    }
}
