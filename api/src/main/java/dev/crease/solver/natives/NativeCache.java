package dev.crease.solver.natives;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The one folder where backends unpack the native libraries of their jars, so that they need not at
 * each start. It belongs to the user alone, and what is loaded from it is compared with the jar
 * first: nothing that somebody else put there is ever loaded.
 */
public final class NativeCache {

  /** The setting that names another place. */
  public static final String SETTING = "crease.native-cache";

  /** A folder that was being filled so long ago was left by a process that is gone. */
  private static final Duration STALE = Duration.ofHours(1);

  private static final String PARTIAL = ".part";

  private static final int BLOCK = 1 << 16;

  private final List<Path> places;
  private final boolean isNamed;

  /**
   * A cache at the first of some places that will do.
   *
   * @param isNamed whether the user chose it
   */
  NativeCache(List<Path> places, boolean isNamed) {
    this.places = places;
    this.isNamed = isNamed;
  }

  /**
   * The cache that a configuration names: {@value #SETTING}, or else the user's cache folder, or
   * where that cannot be written a folder of the user's own among the temporary ones.
   */
  public static NativeCache of(Config config) {
    String named = config.hasPath(SETTING) ? config.getString(SETTING) : "";
    if (!named.isEmpty()) {
      // A folder of its own in there: the named one may be other people's too.
      return new NativeCache(List.of(Path.of(named, "crease")), true);
    }
    List<Path> places = new ArrayList<>();
    String cache = System.getenv("XDG_CACHE_HOME");
    if (cache != null && !cache.isEmpty()) {
      places.add(Path.of(cache, "crease"));
    }
    places.add(Path.of(System.getProperty("user.home", "."), ".cache", "crease"));
    places.add(
        Path.of(
            System.getProperty("java.io.tmpdir", "."),
            "crease-" + System.getProperty("user.name", "user")));
    return new NativeCache(places, false);
  }

  /**
   * The first of the places that is the user's alone and can be written.
   *
   * @throws IOException if there is none; the message says why, and what to do
   */
  public Path folder() throws IOException {
    List<String> reasons = new ArrayList<>();
    for (Path place : places) {
      try {
        return own(place);
      } catch (IOException | UnsupportedOperationException e) {
        reasons.add(reason(e));
      }
    }
    throw new IOException(
        String.join("; ", reasons)
            + "; set "
            + SETTING
            + " to a folder of your own that can be written"
            + (isNamed ? "" : " and from which programs may run"));
  }

  /**
   * Lets libraries that unpack native ones of their own, JNA and JavaCPP, do so here too, unless
   * they are told otherwise already. Before their first use.
   *
   * @throws IOException as {@link #folder}
   */
  public void share() throws IOException {
    Path cache = folder();
    for (String property : List.of("jna.tmpdir", "org.bytedeco.javacpp.cachedir")) {
      if (System.getProperty(property) == null) {
        Path own = cache.resolve(property.startsWith("jna") ? "jna" : "javacpp");
        System.setProperty(property, Files.createDirectories(own).toString());
      }
    }
  }

  private static String reason(Exception e) {
    return e instanceof FileSystemException f && f.getReason() == null
        ? f.getFile() + " cannot be written"
        : String.valueOf(e.getMessage());
  }

  /** The place, made when it is missing, open to its owner only. */
  private static Path own(Path place) throws IOException {
    boolean isPosix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(place + " is no folder");
      }
      Path parent = place.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        if (isPosix) {
          Files.createDirectory(
              place,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
          Files.createDirectory(place);
        }
      } catch (FileAlreadyExistsException e) {
        // Another process was faster; who it was is looked at next.
      }
    }
    if (isPosix) {
      PosixFileAttributeView view =
          Files.getFileAttributeView(
              place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      PosixFileAttributes attributes = view.readAttributes();
      Path probe = Files.createTempFile(place, "owner", PARTIAL);
      try {
        if (!attributes.owner().equals(Files.getOwner(probe))) {
          throw new IOException(place + " belongs to " + attributes.owner().getName());
        }
        Files.setPosixFilePermissions(probe, PosixFilePermissions.fromString("rwx------"));
        if (!Files.isExecutable(probe)) {
          throw new IOException(place + " is mounted noexec: no library may be loaded from there");
        }
      } finally {
        Files.delete(probe);
      }
      if (!PosixFilePermissions.toString(attributes.permissions()).equals("rwx------")) {
        view.setPermissions(PosixFilePermissions.fromString("rwx------"));
      }
    }
    if (!Files.isWritable(place)) {
      throw new IOException(place + " cannot be written");
    }
    return place.toRealPath();
  }

  /**
   * The files of a jar below a folder of its, unpacked: those that are there are compared with the
   * jar, those that are missing or differ are written anew.
   *
   * @param jar the jar
   * @param prefix a folder in it
   * @param name what to call them in the cache
   * @return where they are
   * @throws IOException if they cannot be written, or no place is fit
   */
  public Path unpacked(Path jar, String prefix, String name) throws IOException {
    Path cache = folder();
    sweep(cache);
    Path target = cache.resolve(name);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(e -> !e.isDirectory() && e.getName().startsWith(prefix + "/"))
              .toList();
      if (holds(target, prefix, entries)) {
        return target;
      }
      Path partial = Files.createTempDirectory(cache, name + PARTIAL);
      try {
        for (ZipEntry entry : entries) {
          Path file = within(partial, prefix, entry);
          Files.createDirectories(file.getParent());
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
        delete(target);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        // Another process may have been faster.
        if (!holds(target, prefix, entries)) {
          throw e;
        }
      } finally {
        delete(partial);
      }
      if (!holds(target, prefix, entries)) {
        throw new IOException(target + " is not what " + jar.getFileName() + " holds");
      }
      return target;
    }
  }

  private static boolean holds(Path target, String prefix, List<? extends ZipEntry> entries)
      throws IOException {
    for (ZipEntry entry : entries) {
      Path file = within(target, prefix, entry);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) != entry.getSize()
          || checksum(file) != entry.getCrc()) {
        return false;
      }
    }
    return true;
  }

  private static long checksum(Path file) throws IOException {
    CRC32 crc = new CRC32();
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        crc.update(block, 0, n);
      }
    }
    return crc.getValue();
  }

  private static Path within(Path folder, String prefix, ZipEntry entry) throws IOException {
    Path file = folder.resolve(entry.getName().substring(prefix.length() + 1)).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("entry " + entry.getName() + " points out of its folder");
    }
    return file;
  }

  /** Removes what processes left that were killed while they unpacked. */
  private static void sweep(Path cache) throws IOException {
    Instant before = Instant.now().minus(STALE);
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path entry : entries.filter(e -> e.toString().contains(PARTIAL)).toList()) {
        if (Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(before)) {
          delete(entry);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
