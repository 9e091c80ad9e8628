/**
 * The report page of a campaign: reads its raw lines, computes what the tables and charts show, and
 * writes one HTML file that needs nothing else.
 *
 * <p>Reading ({@code ResultsReader}), numbers ({@code PerformanceProfile}, {@code Growth}, {@code
 * Speedup}) and drawing ({@code Html}, {@code Chart}) are apart, so that every number can be tested
 * without a page.
 */
@org.jspecify.annotations.NullMarked
package dev.crease.campaign.report;
