# The packages of the pages
FROM node:20-bookworm-slim AS pages
WORKDIR /source
COPY src/Approval.Host ./
RUN if [ -f package.json ]; then npm ci && npm run build --if-present; fi && mkdir -p wwwroot/lib

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=pages /source/wwwroot/lib src/Approval.Host/wwwroot/lib
RUN dotnet publish src/Approval.Host -c Release --use-current-runtime --no-self-contained -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
# The image has no curl; bash asks by itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\r\n\r\n' >&3 && grep -q '200 OK' <&3"]
ENTRYPOINT ["./Approval.Host"]
