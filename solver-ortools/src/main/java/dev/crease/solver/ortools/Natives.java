package dev.crease.solver.ortools;

import com.google.ortools.init.CppBridge;
import com.sun.jna.Platform;
import com.typesafe.config.Config;
import dev.crease.BackendUnavailable;
import dev.crease.solver.Availability;
import dev.crease.solver.natives.NativeCache;
import dev.crease.solver.natives.Unloadable;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

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
          e.getMessage(),
          Unloadable.remedy(
              e.getCause(),
              "where there is a library for this platform: OR-Tools' native jar on the class path,"
                  + " and "
                  + NativeCache.SETTING
                  + " for another folder"));
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
      throw new BackendUnavailable(Unloadable.reason("OR-Tools' native library", e), e);
    }
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
      if (!(resource.openConnection() instanceof JarURLConnection connection)) {
        throw new IOException(resource + " is not in a jar");
      }
      Path jar = Path.of(connection.getJarFileURL().toURI());
      NativeCache cache = NativeCache.of(config);
      cache.share();
      return cache.unpacked(jar, prefix, name);
    } catch (IOException | URISyntaxException e) {
      throw new BackendUnavailable(
          "OR-Tools' native libraries cannot be unpacked: " + e.getMessage(), e);
    }
  }
}
