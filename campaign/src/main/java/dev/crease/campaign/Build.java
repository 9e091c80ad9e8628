package dev.crease.campaign;

import com.typesafe.config.Config;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifierModule;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolverModule;
import dev.crease.solver.registry.Contributions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What answers come from: the version and the commit, and what is in the jars, to the byte.
 *
 * @param version of Crease
 * @param commit hash of the commit that was built, with {@code -dirty} where files had changed
 *     since; {@value #UNKNOWN} where the build was not from a repository
 * @param jars names of the jars on the class path to their SHA-256 in hexadecimal digits
 * @param backends ids of backends to the names of the jars that bring them; without those that no
 *     jar brings
 */
public record Build(
    String version, String commit, SortedMap<String, String> jars, Map<String, String> backends) {

  static final String UNKNOWN = "unknown";

  private static final String PROPERTIES = "build.properties";
  private static final int CHUNK = 1 << 16;

  /** Copies the maps. */
  public Build {
    jars = new TreeMap<>(jars);
    backends = Map.copyOf(backends);
  }

  /**
   * The one that is running.
   *
   * @param version of Crease
   * @param config for the modules of backends
   */
  public static Build here(String version, Config config) {
    SortedMap<String, String> jars = new TreeMap<>();
    for (Path jar : classPath()) {
      jars.put(name(jar), hash(jar));
    }
    return new Build(version, readCommit(), jars, backends(config));
  }

  private static String readCommit() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("commit", UNKNOWN);
  }

  /** The jars on the class path, and those that their manifests add to it. */
  private static Set<Path> classPath() {
    Set<Path> found = new LinkedHashSet<>();
    Deque<Path> open = new ArrayDeque<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        open.add(Path.of(entry));
      }
    }
    while (!open.isEmpty()) {
      Path jar = open.remove().toAbsolutePath().normalize();
      if (Files.isRegularFile(jar) && found.add(jar)) {
        open.addAll(named(jar));
      }
    }
    return found;
  }

  /** What the manifest of a jar adds to the class path. */
  private static List<Path> named(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String names =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      List<Path> paths = new ArrayList<>();
      for (String name : names == null ? new String[0] : names.strip().split("\\s+")) {
        URI at = jar.toUri().resolve(name);
        if ("file".equals(at.getScheme())) {
          paths.add(Path.of(at));
        }
      }
      return paths;
    } catch (IOException | IllegalArgumentException e) {
      // Not a jar, or names nothing that could be one.
      return List.of();
    }
  }

  private static String name(Path jar) {
    Path name = jar.getFileName();
    return name == null ? jar.toString() : name.toString();
  }

  private static String hash(Path jar) {
    try (InputStream in = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = new byte[CHUNK];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        digest.update(bytes, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      return UNKNOWN;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@link Contributions} makes them, before anything is put around them. */
  private static Map<String, String> backends(Config config) {
    Map<String, Object> made = new TreeMap<>();
    // What cannot be made cannot be asked either.
    List<String> broken = new ArrayList<>();
    Contributions.discover(SolverModule.class, config)
        .all(MipSolver.class, "solver", MipSolver::id, broken)
        .forEach((id, found) -> made.put(id, found.value()));
    Contributions.discover(CertifierModule.class, config)
        .all(Certifier.class, "certifier", Certifier::id, broken)
        .forEach((id, found) -> made.put(id, found.value()));
    Map<String, String> jars = new TreeMap<>();
    made.forEach((id, backend) -> jar(backend.getClass()).ifPresent(jar -> jars.put(id, jar)));
    return jars;
  }

  private static Optional<String> jar(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      return Files.isRegularFile(jar) ? Optional.of(name(jar)) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
