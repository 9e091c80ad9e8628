package dev.crease.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;

/** The version that the build put into the jar. */
public final class Version implements CommandLine.IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/dev/crease/cli/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    }
    return new String[] {"crease " + properties.getProperty("version", "unknown")};
  }
}
