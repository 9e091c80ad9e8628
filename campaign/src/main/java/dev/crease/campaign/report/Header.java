package dev.crease.campaign.report;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a campaign was run on. Texts that the line does not give are empty.
 *
 * @param isJudgedAgain whether the outcomes are not those of the lines
 * @param timeLimit of each run, in seconds
 * @param commit hash of what was built
 * @param backends names to versions, in the order of the line
 * @param jars names to hashes, in the order of the line
 */
record Header(
    boolean isJudgedAgain,
    String date,
    String profile,
    double timeLimit,
    Machine machine,
    String jvm,
    String crease,
    String commit,
    Map<String, String> backends,
    Map<String, String> jars,
    OptionalLong seed) {

  /** Where there is no campaign. */
  static Header none() {
    return new Header(
        false,
        "",
        "",
        1,
        new Machine("", OptionalLong.empty(), OptionalDouble.empty(), ""),
        "",
        "",
        "",
        Map.of(),
        Map.of(),
        OptionalLong.empty());
  }

  record Machine(String cpu, OptionalLong cores, OptionalDouble memoryGiB, String os) {}
}
