# syntax=docker/dockerfile:1
# One image per service, chosen by --target: agent-runner, aggregator, report-sink or scheduler.
#   docker build --target report-sink -t patrolagent/report-sink .
# No secret is built in, and no setting but the port: a container is configured by its environment. It
# needs no right to write but in /tmp, where Kafka's compression unpacks its native libraries (so mount
# it executable: --read-only --tmpfs /tmp:exec).

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
# Tests and gates are `mvn verify`'s; here only the jars are wanted.
RUN --mount=type=cache,target=/root/.m2 \
    mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true \
      -pl agent-runner,aggregator,report-sink,scheduler -am package \
 && docker/layers.sh /image agent-runner aggregator report-sink scheduler

FROM eclipse-temurin:17-jre AS runtime
RUN groupadd --gid 10001 patrol \
 && useradd --uid 10001 --gid patrol --no-create-home --shell /usr/sbin/nologin patrol
WORKDIR /app
# What changes seldom comes first, and one layer of libraries serves all services. Everything belongs to
# root: the process may read it and not write it.
COPY --from=build /image/libraries/ lib/
# the health check has to know it
ENV PATROL_HTTP_PORT=8080
EXPOSE 8080
USER 10001:10001

FROM runtime AS agent-runner
COPY --from=build /image/agent-runner/libraries/ lib/
COPY --from=build /image/agent-runner/app/ ./
# a JVM of its own, half a second of CPU: not too often
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-jar", "agent-runner.jar", "--health"]
# java is process 1 and gets the platform's SIGTERM itself
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "agent-runner.jar"]

FROM runtime AS aggregator
COPY --from=build /image/aggregator/libraries/ lib/
COPY --from=build /image/aggregator/app/ ./
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-jar", "aggregator.jar", "--health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "aggregator.jar"]

FROM runtime AS report-sink
COPY --from=build /image/report-sink/libraries/ lib/
COPY --from=build /image/report-sink/app/ ./
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-jar", "report-sink.jar", "--health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "report-sink.jar"]

FROM runtime AS scheduler
COPY --from=build /image/scheduler/libraries/ lib/
COPY --from=build /image/scheduler/app/ ./
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m", "-jar", "scheduler.jar", "--health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "scheduler.jar"]
