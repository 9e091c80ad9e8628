package dev.crease.cli.session;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import dev.crease.BadInput;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What a configuration may include that was found and not named: files beside it, and nothing else,
 * nothing from the net in particular.
 */
final class IncludesBeside
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

  private final Path file;

  /** For a configuration file. */
  IncludesBeside(Path file) {
    this.file = file;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    // The library's own would look everywhere.
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return beside(what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return beside(what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refused(what.toString());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refused(what);
  }

  private ConfigObject beside(String what) {
    try {
      Path folder = file.toAbsolutePath().getParent().toRealPath();
      Path named = folder.resolve(what);
      if (!Files.exists(named)) {
        named = folder.resolve(what + ".conf");
      }
      if (!Files.exists(named)) {
        throw new BadInput(file + " includes " + what + ", which is not beside it");
      }
      Path real = named.toRealPath();
      if (!Files.isRegularFile(real) || !folder.equals(real.getParent())) {
        throw refused(what);
      }
      return ConfigFactory.parseFile(
              real.toFile(), ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(this))
          .root();
    } catch (IOException | InvalidPathException e) {
      throw new BadInput(file + " includes " + what + ", which cannot be read", e);
    }
  }

  private BadInput refused(String what) {
    return new BadInput(
        file
            + " includes "
            + what
            + ": a configuration that was only found may include files beside it; name it with"
            + " --config if you trust it");
  }
}
