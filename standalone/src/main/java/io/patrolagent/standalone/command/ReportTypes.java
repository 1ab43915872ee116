package io.patrolagent.standalone.command;

import io.patrolagent.common.patrol.ReportType;
import java.util.ArrayList;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Report types on a command line, by the names that events have. */
final class ReportTypes extends ArrayList<String> implements ITypeConverter<ReportType> {

  ReportTypes() {
    super(Arrays.stream(ReportType.values()).map(ReportType::wireName).toList());
  }

  @Override
  public ReportType convert(String text) {
    try {
      return ReportType.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
