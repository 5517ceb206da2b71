-- The whole code flow of a browser that has a session: /authorize is answered with a code, which is redeemed.
-- Answers come without the name of their connection, so codes wait in a list until a request can take them.
--   BENCH_AUTHORIZE (path and query), BENCH_TOKEN (path), BENCH_COOKIE, BENCH_AUTHORIZATION, BENCH_BODY (of the
--   redemption, but for the code), BENCH_COUNT (stop after so many), BENCH_KEEP (file for tokens), BENCH_EVERY
local codes, asked, thread_of_all = {}, nil, nil
finished, refused, started = 0, 0, 0
local limit = tonumber(os.getenv("BENCH_COUNT") or "0")
local every = tonumber(os.getenv("BENCH_EVERY") or "1")
local body, token_path, token_headers = os.getenv("BENCH_BODY"), os.getenv("BENCH_TOKEN"), {}
local kept

function setup(thread) thread_of_all = thread end

function init()
    asked = wrk.format("GET", os.getenv("BENCH_AUTHORIZE"), {["Cookie"] = os.getenv("BENCH_COOKIE")})
    token_headers["Content-Type"] = "application/x-www-form-urlencoded"
    token_headers["Authorization"] = os.getenv("BENCH_AUTHORIZATION")
    if os.getenv("BENCH_KEEP") then kept = io.open(os.getenv("BENCH_KEEP"), "a") end
end

function request()
    if #codes == 0 then return asked end
    return wrk.format("POST", token_path, token_headers, body .. "&code=" .. table.remove(codes))
end

local function keep(answer)
    if kept and finished % every == 0 then
        local access = answer:match('"access_token"%s*:%s*"([^"]+)"')
        local refresh = answer:match('"refresh_token"%s*:%s*"([^"]+)"')
        kept:write(access, " ", refresh or "-", "\n")
        kept:flush()
    end
end

function response(status, headers, answer)
    local location = headers["Location"] or headers["location"]
    local code = location and location:match("[?&]code=([^&#]+)")
    if code then
        codes[#codes + 1] = code
    elseif status == 200 and answer:find('"access_token"', 1, true) then
        finished = finished + 1
        keep(answer)
        if finished == limit then
            print("reached")
            io.stdout:flush()
            wrk.thread:stop()
        end
    else
        refused = refused + 1
        if refused == 1 then io.stderr:write("unexpected: ", status, " ", location or "", " ", answer:sub(1, 300), "\n") end
    end
end

function done(summary)
    print(string.format("counted %d in %.3f s", thread_of_all:get("finished"), summary.duration / 1e6))
    print(string.format("refused %d", thread_of_all:get("refused")))
end
