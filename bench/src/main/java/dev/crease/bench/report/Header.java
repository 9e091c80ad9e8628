package dev.crease.bench.report;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a campaign was run on. Texts that the line does not give are empty.
 *
 * @param timeLimit of each run, in seconds
 * @param backends names to versions, in the order of the line
 */
record Header(
    String date,
    String profile,
    double timeLimit,
    Machine machine,
    String jvm,
    String crease,
    Map<String, String> backends,
    OptionalLong seed) {

  record Machine(String cpu, OptionalLong cores, OptionalDouble memoryGiB, String os) {}
}
