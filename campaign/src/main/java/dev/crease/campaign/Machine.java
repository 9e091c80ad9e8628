package dev.crease.campaign;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a machine is, without its name. What is not known is empty.
 *
 * @param cpu model of the processor
 * @param cores processors that Java may use
 * @param memoryGiB memory, rounded
 * @param os operating system
 */
public record Machine(String cpu, OptionalLong cores, OptionalLong memoryGiB, String os) {

  /** This machine. */
  public static Machine here() {
    long bytes =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
            ? bean.getTotalMemorySize()
            : 0;
    return new Machine(
        processor(),
        OptionalLong.of(Runtime.getRuntime().availableProcessors()),
        OptionalLong.of(Math.round(bytes / (double) (1L << 30))),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /** The name and version of the virtual machine. */
  public static String jvm() {
    return System.getProperty("java.vm.name") + " " + Runtime.version();
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      // Not Linux.
      return System.getProperty("os.arch");
    }
  }
}
