package dev.crease.solver.ortools;

import com.google.ortools.init.CppBridge;
import com.sun.jna.Platform;
import com.typesafe.config.Config;
import dev.crease.BackendUnavailable;
import dev.crease.solver.Availability;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * OR-Tools' native libraries on disk. They are unpacked once into a cache folder that is named by
 * version and platform, and loaded from there; OR-Tools' own loader would unpack 60 MB on each
 * start.
 */
final class Natives {

  private final Config config;
  private Optional<Path> folder = Optional.empty();

  /** The system property that says that the log of this process is set up. */
  private static final String LOGGING = "dev.crease.ortools.log";

  private boolean loaded;

  @Inject
  Natives(Config config) {
    this.config = config;
  }

  /** Whether the libraries can be loaded, loading them. */
  Availability availability() {
    try {
      load();
      return Availability.available();
    } catch (BackendUnavailable e) {
      return Availability.unavailable(
          e.getMessage(), "put OR-Tools' native jar for this platform on the class path");
    }
  }

  /**
   * Loads OR-Tools' JNI library.
   *
   * @throws BackendUnavailable if there is none for this platform or it does not load
   */
  synchronized void load() {
    if (!loaded) {
      loadLibrary(folder().resolve(System.mapLibraryName("jniortools")));
      quieten();
      loaded = true;
    }
  }

  /**
   * Sets up OR-Tools' own log, without which its warnings go to standard error; a process may do
   * that once only.
   */
  private static void quieten() {
    synchronized (CppBridge.class) {
      if (System.getProperty(LOGGING) == null) {
        System.setProperty(LOGGING, "quiet");
        CppBridge.initLogging("crease");
      }
    }
  }

  /**
   * The path of HiGHS's library.
   *
   * @throws BackendUnavailable if there is none for this platform
   */
  synchronized Path highs() {
    String name =
        Platform.isWindows()
            ? "highs.dll"
            : Platform.isMac() ? "libhighs.1.dylib" : "libhighs.so.1";
    Path library = folder().resolve(name);
    if (!Files.exists(library)) {
      throw new BackendUnavailable("OR-Tools' native jar holds no " + name);
    }
    return library;
  }

  /** The version of OR-Tools on the class path. */
  static String ortoolsVersion() {
    try (InputStream in =
        Natives.class.getResourceAsStream(
            "/META-INF/maven/com.google.ortools/ortools-java/pom.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private Path folder() {
    if (folder.isEmpty()) {
      folder = Optional.of(unpack());
    }
    return folder.get();
  }

  @SuppressWarnings("BanSystemLoad")
  private static void loadLibrary(Path library) {
    try {
      System.load(library.toAbsolutePath().toString());
    } catch (UnsatisfiedLinkError e) {
      throw new BackendUnavailable(
          "OR-Tools' native library does not load: " + oneLine(e.getMessage()), e);
    }
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private Path unpack() {
    String prefix = "ortools-" + Platform.RESOURCE_PREFIX;
    URL resource = Natives.class.getResource("/" + prefix);
    if (resource == null) {
      throw new BackendUnavailable(
          "OR-Tools has no native library for " + Platform.RESOURCE_PREFIX + " on the class path");
    }
    String name = "ortools-" + ortoolsVersion() + "-" + Platform.RESOURCE_PREFIX;
    try {
      Path cache = cache();
      Path target = cache.resolve(name);
      if (Files.isDirectory(target)) {
        return target;
      }
      Path partial = Files.createTempDirectory(cache, name + ".part");
      try {
        copy(resource, prefix, partial);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
        // Another process was faster.
      } finally {
        delete(partial);
      }
      if (!Files.isDirectory(target)) {
        throw new IOException(target + " did not come into being");
      }
      return target;
    } catch (IOException e) {
      throw new BackendUnavailable(
          "OR-Tools' native libraries cannot be unpacked: "
              + e.getMessage()
              + "; set crease.ortools.native-cache to a folder that can be written",
          e);
    }
  }

  private Path cache() throws IOException {
    String configured =
        config.hasPath("crease.ortools.native-cache")
            ? config.getString("crease.ortools.native-cache")
            : "";
    Path base =
        configured.isEmpty()
            ? Path.of(System.getProperty("user.home", "."), ".cache")
            : Path.of(configured);
    try {
      return Files.createDirectories(base.resolve("crease"));
    } catch (IOException e) {
      if (!configured.isEmpty()) {
        throw e;
      }
      return Files.createTempDirectory("crease");
    }
  }

  private static void copy(URL resource, String prefix, Path folder) throws IOException {
    if (resource.openConnection() instanceof JarURLConnection connection) {
      connection.setUseCaches(false);
      try (JarFile jar = connection.getJarFile()) {
        List<JarEntry> entries =
            jar.stream()
                .filter(e -> !e.isDirectory() && e.getName().startsWith(prefix + "/"))
                .toList();
        for (JarEntry entry : entries) {
          Path file = folder.resolve(entry.getName().substring(prefix.length() + 1)).normalize();
          if (!file.startsWith(folder)) {
            throw new IOException("entry " + entry.getName() + " points out of its folder");
          }
          Files.createDirectories(file.getParent());
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    } else {
      throw new IOException(resource + " is not in a jar");
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
