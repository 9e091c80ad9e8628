package dev.crease.solver.registry;

import dev.crease.solver.guard.ForeignCode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipFile;

/**
 * What the files {@code META-INF/services/...} of the class path name. {@link
 * java.util.ServiceLoader} reads the same files, but does not tell which jar it speaks of.
 */
final class ServiceFiles {

  private static final String FOLDER = "META-INF/services/";

  private ServiceFiles() {}

  /**
   * One name in one file.
   *
   * @param origin the jar or folder of the file
   * @param name of a class, or what stands in its place
   */
  record Entry(String origin, String name) {}

  /**
   * All names, in the order of the class path.
   *
   * @param broken takes a line for each file that cannot be read
   */
  static List<Entry> read(ClassLoader loader, Class<?> service, Consumer<String> broken) {
    String path = FOLDER + service.getName();
    List<Entry> entries = new ArrayList<>();
    List<URL> files;
    try {
      files = Collections.list(loader.getResources(path));
    } catch (IOException e) {
      broken.accept("the class path cannot be read: " + ForeignCode.reason(e));
      return entries;
    }
    for (URL file : files) {
      String origin = origin(file, path);
      try {
        URLConnection connection = file.openConnection();
        // A cache would hold the jar open.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .forEach(name -> entries.add(new Entry(origin, name)));
        }
      } catch (IOException e) {
        broken.accept(origin + ": " + path + " cannot be read: " + ForeignCode.reason(e));
      }
    }
    return entries;
  }

  /** A line for each jar that the class path of the process names and that is no jar. */
  static List<String> unreadable() {
    List<String> lines = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (entry.endsWith(".jar") && Files.isRegularFile(path)) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
          zip.size();
        } catch (IOException e) {
          lines.add(entry + ": it cannot be read: " + ForeignCode.reason(e) + "; copy it again");
        }
      }
    }
    return lines;
  }

  /** The jar or folder that a resource is in. */
  private static String origin(URL resource, String path) {
    String text = resource.toString();
    String place =
        text.startsWith("jar:") && text.contains("!/")
            ? text.substring("jar:".length(), text.indexOf("!/"))
            : text.endsWith("/" + path)
                ? text.substring(0, text.length() - path.length() - 1)
                : text;
    return path(place);
  }

  /** The jar or folder that a class is in, or its name where nothing is known of that. */
  static String origin(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? type.getName()
        : path(source.getLocation().toString());
  }

  private static String path(String url) {
    try {
      return Path.of(URI.create(url)).toString();
    } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
      return url;
    }
  }
}
