package dev.crease.campaign.report;

import dev.crease.campaign.Outcome;
import java.util.SortedMap;

/**
 * What JMH measured of one benchmark with some parameters.
 *
 * @param benchmark class and method
 * @param parameters names to values
 * @param median of what was measured
 * @param measured how often
 * @param outcomes how many of the answers had an outcome; empty where there is nothing to judge
 */
record JmhResult(
    String benchmark,
    SortedMap<String, String> parameters,
    double median,
    double least,
    double most,
    String unit,
    long measured,
    SortedMap<Outcome, Long> outcomes) {}
