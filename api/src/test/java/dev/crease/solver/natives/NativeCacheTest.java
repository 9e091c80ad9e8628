package dev.crease.solver.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class NativeCacheTest {

  @TempDir private Path folder;

  private NativeCache cache() {
    return NativeCache.of(
        ConfigFactory.parseMap(Map.of(NativeCache.SETTING, folder.resolve("c").toString())));
  }

  private Path jar() throws IOException {
    Path jar = folder.resolve("natives.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name : new String[] {"linux/liba.so", "linux/deep/libb.so", "other/c.so"}) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static String permissions(Path path) throws IOException {
    Set<PosixFilePermission> set = Files.getPosixFilePermissions(path);
    return PosixFilePermissions.toString(set);
  }

  @Test
  void itsFolderIsTheUsersAloneAndTheNamedOneStaysAsItIs() throws IOException {
    Path named = Files.createDirectory(folder.resolve("c"));
    Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path open = Files.createDirectory(named.resolve("crease"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(open.toRealPath(), cache().folder());
    assertEquals("rwx------", permissions(open));
    assertEquals("rwxr-xr-x", permissions(named));
  }

  @Test
  void whatDiffersFromTheJarIsUnpackedAnew() throws IOException {
    Path unpacked = cache().unpacked(jar(), "linux", "natives-1");
    Path library = unpacked.resolve("liba.so");
    assertEquals("linux/liba.so", Files.readString(library));
    assertTrue(Files.exists(unpacked.resolve("deep/libb.so")));
    assertFalse(Files.exists(unpacked.resolve("c.so")));
    // Of one length, so that only the content tells.
    Files.writeString(library, "LINUX/liba.so");
    assertEquals(unpacked, cache().unpacked(jar(), "linux", "natives-1"));
    assertEquals("linux/liba.so", Files.readString(library));
    Files.delete(library);
    Files.createSymbolicLink(library, jar());
    cache().unpacked(jar(), "linux", "natives-1");
    assertFalse(Files.isSymbolicLink(library));
  }

  @Test
  void whatAKilledProcessLeftIsSweptAndNotWhatOneIsAt() throws IOException {
    Path own = cache().folder();
    Path old = Files.createDirectory(own.resolve("natives-1.part1"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path young = Files.createDirectory(own.resolve("natives-1.part2"));
    cache().unpacked(jar(), "linux", "natives-1");
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young));
  }

  @Test
  void aPlaceThatIsNoFolderIsRefusedWithWhatToDo() throws IOException {
    Files.writeString(folder.resolve("c"), "");
    IOException e = assertThrows(IOException.class, () -> cache().folder());
    assertTrue(e.getMessage().contains(NativeCache.SETTING), e.getMessage());
  }

  @Test
  void aLinkToSomebodyElsesFolderIsNotFollowed() throws IOException {
    Files.createDirectory(folder.resolve("c"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("c/crease"), elsewhere);
    IOException e = assertThrows(IOException.class, () -> cache().folder());
    assertTrue(e.getMessage().contains("no folder"), e.getMessage());
  }

  @Test
  void aHomeThatCannotBeWrittenIsPassedOver() throws IOException {
    // A folder that not even root can make: its parent is a file.
    Path file = Files.writeString(folder.resolve("home"), "");
    Path temporary = folder.resolve("tmp");
    NativeCache cache = new NativeCache(List.of(file.resolve(".cache/crease"), temporary), false);
    assertEquals(temporary.getFileName(), cache.folder().getFileName());
    assertEquals("rwx------", permissions(temporary));
    Path unpacked = cache.unpacked(jar(), "linux", "natives-1");
    // The second run finds what the first one unpacked, and leaves nothing else there.
    assertEquals(unpacked, cache.unpacked(jar(), "linux", "natives-1"));
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(unpacked), left.map(NativeCacheTest::real).toList());
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPlaceMountedNoexecIsPassedOverOrNamed() throws IOException {
    Path noexec =
        mountedNoexec().orElseThrow(() -> new TestAbortedException("needs a mount with noexec"));
    Path own = Files.createTempDirectory(noexec, "crease-test");
    try {
      Path other = folder.resolve("tmp");
      NativeCache both = new NativeCache(List.of(own.resolve("crease"), other), false);
      assertEquals(Files.createDirectories(other).toRealPath(), both.folder());
      NativeCache only = new NativeCache(List.of(own.resolve("crease")), true);
      IOException e = assertThrows(IOException.class, only::folder);
      assertTrue(
          e.getMessage().contains("noexec") && e.getMessage().contains(NativeCache.SETTING),
          e.getMessage());
    } finally {
      Files.deleteIfExists(own.resolve("crease"));
      Files.delete(own);
    }
  }

  /** A mount from which nothing runs and to which this test can write. */
  private static Optional<Path> mountedNoexec() throws IOException {
    Path mounts = Path.of("/proc/mounts");
    if (!Files.isReadable(mounts)) {
      return Optional.empty();
    }
    return Files.readAllLines(mounts).stream()
        .map(line -> line.split(" "))
        .filter(f -> f.length > 3 && List.of(f[3].split(",")).containsAll(List.of("rw", "noexec")))
        .filter(f -> f[2].equals("tmpfs") || f[2].startsWith("ext"))
        .map(f -> Path.of(f[1].replace("\\040", " ")))
        .filter(p -> Files.isDirectory(p) && Files.isWritable(p))
        .findFirst();
  }

  @Test
  void whatDoesNotLoadIsExplained() {
    LinkageError noexec =
        new UnsatisfiedLinkError("/x/lib.so: failed to map segment from shared object");
    assertTrue(Unloadable.reason("the library", noexec).contains("noexec"));
    assertTrue(Unloadable.remedy(noexec, "").contains(NativeCache.SETTING));
    LinkageError twice =
        new UnsatisfiedLinkError("Native Library /x/lib.so already loaded in another classloader");
    assertTrue(Unloadable.reason("the library", twice).contains("another class loader"));
    assertTrue(Unloadable.remedy(twice, "").contains("class loader"));
    LinkageError missing = new UnsatisfiedLinkError("no x in java.library.path");
    assertEquals(
        "the library does not load: no x in java.library.path",
        Unloadable.reason("the library", missing));
    assertEquals("build it", Unloadable.remedy(missing, "build it"));
    assertEquals("build it", Unloadable.remedy(null, "build it"));
  }
}
