package dev.crease.campaign.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the page in a browser, and leaves it and screenshots in {@code target}. */
class ChromiumTest {

  private static final String BROWSER = "chromium";
  private static final Path TARGET = Path.of("target");
  private static final Path RESULTS = Path.of("../benchmarks/results/full.jsonl");
  private static final int PICTURE_WIDTH = 1100;
  private static final int PICTURE_HEIGHT = 1500;
  private static final int WIDE = 1200;
  private static final int NARROW = 360;

  @TempDir Path folder;

  @BeforeEach
  void browser() {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(part -> new File(part, BROWSER).canExecute());
    assumeTrue(installed, "chromium is not installed");
  }

  @Test
  void loadsWithoutComplaint() throws Exception {
    Path page =
        Files.writeString(folder.resolve("report.html"), ReportPageTest.page(Lines.large()));
    Files.createDirectories(TARGET);
    Files.copy(page, TARGET.resolve("report.html"), StandardCopyOption.REPLACE_EXISTING);
    String dom = chromium(page, "--dump-dom");
    assertTrue(dom.contains("<button type=\"button\">Seconds</button>"), "the script did not run");
    assertEquals(11, Pattern.compile("<figure>").matcher(dom).results().count());
    screenshot(page, "report-1200.png", WIDE, 9000);
    screenshot(page, "report-1200-dark.png", WIDE, 9000, "--blink-settings=preferredColorScheme=0");
    // A window is no narrower than 500 pixels; a frame within one is.
    Path frame =
        Files.writeString(
            folder.resolve("frame.html"),
            "<!DOCTYPE html><title>frame</title><body style=margin:0>"
                + "<iframe src=report.html style=border:0 width="
                + NARROW
                + " height=12000></iframe>");
    screenshot(frame, "report-360.png", NARROW, 12000);
  }

  /**
   * The campaign that benchmarks/RESULTS.md tells of, and the picture of it that the README shows.
   */
  @Test
  void showsTheCampaignOfTheResults() throws Exception {
    StringWriter report = new StringWriter();
    ReportPage.write(Files.readAllLines(RESULTS), report);
    Path page = Files.writeString(folder.resolve("results.html"), report.toString());
    String dom = chromium(page, "--dump-dom");
    assertTrue(dom.contains("All runs"), "no table of runs");
    screenshot(page, "report.png", PICTURE_WIDTH, PICTURE_HEIGHT);
  }

  @Test
  void doesNotScrollSideways() throws Exception {
    String check =
        "<script>addEventListener('load', () => document.title = 'over by '"
            + " + (document.documentElement.scrollWidth - document.documentElement.clientWidth))"
            + "</script></body>";
    Files.writeString(
        folder.resolve("report.html"),
        ReportPageTest.page(Lines.large()).replace("</body>", check));
    Path frame =
        Files.writeString(
            folder.resolve("frame.html"),
            "<!DOCTYPE html><title>frame</title><body><iframe src=report.html width="
                + NARROW
                + " height=900 style=border:0 onload=\"setTimeout(() => document.title ="
                + " contentDocument.title)\"></iframe>");
    String dom = chromium(frame, "--allow-file-access-from-files", "--dump-dom");
    assertTrue(dom.contains("<title>over by 0</title>"), dom);
  }

  private void screenshot(Path page, String name, int width, int height, String... more)
      throws IOException, InterruptedException {
    Path picture = TARGET.resolve(name).toAbsolutePath();
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    arguments.add("--screenshot=" + picture);
    arguments.add("--hide-scrollbars");
    arguments.add("--window-size=" + width + "," + height);
    chromium(page, arguments.toArray(String[]::new));
    assertTrue(Files.size(picture) > 0);
  }

  /** What the browser prints; fails if the page's console has said anything. */
  private String chromium(Path page, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                BROWSER,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(Arrays.asList(arguments));
    command.add(page.toUri().toString());
    Path printed = folder.resolve("out");
    Path logged = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(printed.toFile())
            .redirectError(logged.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError("chromium did not end: " + Files.readString(logged));
    }
    String log = Files.readString(logged);
    assertEquals(0, process.exitValue(), log);
    assertTrue(log.lines().noneMatch(line -> line.contains("CONSOLE")), log);
    return Files.readString(printed);
  }
}
