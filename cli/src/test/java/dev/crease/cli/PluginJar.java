package dev.crease.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The jar of a backend, compiled on the spot. */
final class PluginJar {

  /** Where a class file has its version. */
  private static final int VERSION = 7;

  private final String id;
  private final Path classes;

  private PluginJar(String id, Path classes) {
    this.id = id;
    this.classes = classes;
  }

  /**
   * A backend of one class, {@code <id>.Solver}, and its module.
   *
   * @param members what replaces or is added to the methods of a backend that does nothing wrong
   */
  static PluginJar solver(Path folder, String id, String members) {
    return of(
        folder,
        id,
        "dev.crease.solver.SolverModule",
        """
        public static class Module extends dev.crease.solver.SolverModule {
          protected void configure() { bindSolver("%1$s", Solver.class); }
        }
        public static class Base {}
        public static class Sound extends Base implements MipSolver {
          public String id() { return "%1$s"; }
          public String version() { return "Plugin 1"; }
          public Availability availability() { return Availability.available(); }
          public Capabilities capabilities() {
            return Capabilities.of(Capability.INTEGER, Capability.CONTINUOUS);
          }
          public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
            throw new IllegalStateException("boom");
          }
        }
        public static class Solver extends Sound { %2$s }
        """
            .formatted(id, members));
  }

  /** A jar of one class {@code <id>.Plugin} and the classes in it, one of them {@code Module}. */
  static PluginJar of(Path folder, String id, String service, String members) {
    try {
      Path sources = Files.createDirectories(folder.resolve(id + "-sources").resolve(id));
      Path classes = Files.createDirectories(folder.resolve(id + "-classes"));
      Path source = sources.resolve("Plugin.java");
      Files.writeString(
          source,
          "package %s; import dev.crease.solver.*; import dev.crease.model.*; import java.util.*; public class Plugin { %s }"
              .formatted(id, members));
      int code =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  OutputStream.nullOutputStream(),
                  null,
                  "-proc:none",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-d",
                  classes.toString(),
                  source.toString());
      assertTrue(code == 0, "the plugin does not compile: " + members);
      Path services = Files.createDirectories(classes.resolve("META-INF/services"));
      Files.writeString(services.resolve(service), id + ".Plugin$Module\n");
      return new PluginJar(id, classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return classes.resolve(id).resolve("Plugin$" + name + ".class");
  }

  /** Makes a class one for a newer Java. */
  PluginJar newer(String name) {
    try {
      byte[] bytes = Files.readAllBytes(file(name));
      bytes[VERSION] = 99;
      Files.write(file(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves a class out. */
  PluginJar without(String name) {
    try {
      Files.delete(file(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a file in. */
  PluginJar with(String name, String content) {
    try {
      Files.writeString(classes.resolve(name), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the jar. */
  Path write() {
    Path jar = classes.resolveSibling(id + ".jar");
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar;
  }
}
