package io.patrolagent.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A key and its self-signed certificate for a server on the loopback address, good for two days: as
 * a store for Java's servers, and as PEM for others and for whoever is to trust it.
 *
 * @param keyStore PKCS12, with both
 * @param certificate PEM
 * @param privateKey PEM, which its owner alone may read
 */
public record ServerCertificate(Path keyStore, Path certificate, Path privateKey) {

  /** Of the key store and the key in it. */
  public static final String PASSWORD = "store-password";

  /** Makes them in that directory, in files of that name. */
  public static ServerCertificate create(Path directory, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve(name + ".p12");
    Path certificate = directory.resolve(name + ".pem");
    keytool(
        store,
        List.of("-genkeypair", "-keyalg", "EC", "-alias", name, "-dname", "CN=" + name),
        List.of("-ext", "SAN=ip:" + LoopbackPort.HOST, "-validity", "2", "-storetype", "PKCS12"));
    keytool(
        store,
        List.of("-exportcert", "-rfc", "-alias", name),
        List.of("-file", certificate.toString()));
    return new ServerCertificate(
        store, certificate, privateKey(store, name, directory.resolve(name + ".key")));
  }

  private static Path privateKey(Path store, String alias, Path file)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey(alias, PASSWORD.toCharArray());
    String encoded =
        Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key.getEncoded());
    Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    return Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
  }

  private static void keytool(Path store, List<String> what, List<String> how)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(what);
    command.addAll(how);
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool failed: " + output);
    }
  }
}
